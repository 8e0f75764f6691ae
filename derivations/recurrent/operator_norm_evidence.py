"""Matrices and vectors: exact ones with known norms, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, on_sphere
from verify import World, dimension, matrix, real, vector

r, m, n = dimension("r"), dimension("m"), dimension("n")
A, B = matrix("A", r, m), matrix("B", m, n)
w, z, u = vector("w", m), vector("z", n), vector("u", m)
alpha, beta, c, lam = real("alpha"), real("beta"), real("c"), real("lambda")

Point = Mapping[str, Any]
Rows = list[list[Fraction]]


def _rows(random: Random, rows: int, columns: int) -> tuple[Rows, Fraction]:
    """A matrix, and more than its norm: the sizes of its entries added up, and 1/7."""
    found = [[nonzero(random) for _ in range(columns)] for _ in range(rows)]
    return found, sum((abs(x) for row in found for x in row), Fraction(1, 7))


def two_matrices(random: Random) -> World:
    """Matrices with one to three rows and columns, and vectors that are not 0."""
    sizes = [random.randint(1, 3) for _ in range(3)]
    first, above = _rows(random, sizes[0], sizes[1])
    second, beyond = _rows(random, sizes[1], sizes[2])
    vectors = {w: [nonzero(random) for _ in range(sizes[1])]}
    vectors[z] = [nonzero(random) for _ in range(sizes[2])]
    named = dict(zip((r, m, n), sizes, strict=True))
    return World({**named, A: first, B: second, alpha: above, beta: beyond, **vectors})


def numbers(first: int, second: int, length: int) -> Callable[[Random], World]:
    """Matrices of one entry, α = 3/2 and β = 3/2; w has the length given."""
    half = Fraction(3, 2)
    values = {r: 1, m: 1, n: 1, A: [[first]], B: [[second]], alpha: half, beta: half}
    return lambda _: World({**values, w: [length], z: [1]})


# -- eigenvectors -----------------------------------------------------------------------------


def _reflected(vector: list[Fraction], axis: list[Fraction]) -> list[Fraction]:
    """The vector mirrored in the plane orthogonal to a unit vector."""
    share = sum((x * y for x, y in zip(vector, axis, strict=True)), Fraction(0))
    return [x - 2 * share * y for x, y in zip(vector, axis, strict=True)]


def _with_singular_values(random: Random) -> tuple[Rows, Rows, list[Fraction]]:
    """A = (reflection)·diag(s)·(reflection), its right singular vectors, and s, falling."""
    size = 2
    values = sorted((abs(nonzero(random)) for _ in range(size)), reverse=True)
    outer, inner = on_sphere(random, size), on_sphere(random, size)
    unit = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    right = [_reflected(row, inner) for row in unit]
    left = [_reflected(row, outer) for row in unit]
    rows = [
        [
            sum((left[i][k] * values[k] * right[k][j] for k in range(size)), Fraction(0))
            for j in range(size)
        ]
        for i in range(size)
    ]
    return rows, right, values


def eigenvector(random: Random) -> World:
    """A 2×2 matrix and a multiple of one of the two eigenvectors of AᵀA."""
    rows, right, values = _with_singular_values(random)
    which, factor = random.randint(0, 1), nonzero(random)
    direction = [factor * x for x in right[which]]
    return World({r: 2, m: 2, A: rows, u: direction, lam: values[which] ** 2})


def no_eigenvector(_: Random) -> World:
    """A = [2], λ = 1."""
    return World({r: 1, m: 1, A: [[2]], u: [1], lam: 1})


def longest(random: Random) -> World:
    """A 2×2 matrix, and a multiple of the vector that it lengthens most."""
    rows, right, values = _with_singular_values(random)
    factor = nonzero(random)
    return World({r: 2, m: 2, A: rows, u: [factor * x for x in right[0]], c: values[0]})


def not_longest(_: Random) -> World:
    """A = diag(7, 1) lengthens (1, 1) by 5, and (1, 0) by 7."""
    return World({r: 2, m: 2, A: [[7, 0], [0, 1]], u: [1, 1], c: 5})


def not_attained(_: Random) -> World:
    """A = [1] lengthens nothing by 2."""
    return World({r: 1, m: 1, A: [[1]], u: [1], c: 2})


# -- simulation -------------------------------------------------------------------------------


def lengths_of_products(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """‖A·B·z‖² for the z that A·B lengthens most, and norms found by iteration."""
    first = rng.normal(0, 1, (point["r"], point["m"]))
    second = rng.normal(0, 1, (point["m"], point["n"]))
    longest_input = np.linalg.svd(first @ second)[2][0]
    made_of = {"alpha": np.linalg.norm(first, 2), "beta": np.linalg.norm(second, 2)}
    return np.sum((first @ second @ longest_input) ** 2), {**made_of, "z": longest_input}


def singular_vector(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """‖A·u‖² for an eigenvector of AᵀA whose eigenvalue is not 0, and what the other side has."""
    rows = rng.normal(0, 1, (point["r"], point["m"]))
    values, vectors = np.linalg.eigh(rows.T @ rows)
    which = point["m"] - 1 - rng.integers(min(point["r"], point["m"]))
    direction = 3 * vectors[:, which]
    return np.sum((rows @ direction) ** 2), {"lambda": values[which], "u": direction}


def largest_singular_vector(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """c²·‖AᵀA·u − c²·u‖² + ‖u‖² for the u that A lengthens most, and ‖u‖²."""
    rows = rng.normal(0, 1, (point["r"], point["m"]))
    most, direction = np.linalg.norm(rows, 2), np.linalg.svd(rows)[2][0]
    off = rows.T @ (rows @ direction) - most**2 * direction
    return most**2 * np.sum(off**2) + np.sum(direction**2), np.sum(direction**2)
