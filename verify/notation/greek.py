"""The names of Greek letters, as words, as letters and in LaTeX."""

from __future__ import annotations

#: Word to lower-case letter; the capital of a word is the capital of its letter.
LETTERS = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "upsilon": "υ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
}

_WORDS = {letter: word for word, letter in LETTERS.items()}

#: Lower-case letters whose usual LaTeX command is the variant form.
_VARIANTS = {"epsilon": "varepsilon"}

#: Capitals that LaTeX has a command for; the others look like Latin ones.
_CAPITALS = {
    "gamma", "delta", "theta", "lambda", "xi", "pi", "sigma", "upsilon", "phi", "psi", "omega",
}  # fmt: skip


def letter(word: str) -> str:
    """The letter that a word names ("Sigma" → "Σ"); any other word unchanged."""
    if word in LETTERS:
        return LETTERS[word]
    if word.lower() in _CAPITALS and word.istitle():
        return LETTERS[word.lower()].upper()
    return word


def command(word: str) -> str | None:
    r"""The LaTeX command of a Greek word or letter ("mu" → r"\mu"), None for other words."""
    word = _WORDS.get(word, word)
    if len(word) == 1 and word.lower() in _WORDS:
        word = _WORDS[word.lower()].title()
    if word in LETTERS:
        return "\\" + _VARIANTS.get(word, word)
    if word.lower() in _CAPITALS and word.istitle():
        return "\\" + word
    return None
