"""A claim on a notebook page: its title, hypotheses and statement."""

from __future__ import annotations

from verify.claim import Claim
from verify.notation.latex import latex


def claim_latex(claim: Claim) -> str:
    """The statement in display mathematics."""
    return rf"$\displaystyle {latex(claim.states)}$"


def claim_markdown(claim: Claim) -> str:
    """Title, id, hypotheses and statement as Markdown with LaTeX."""
    lines = [f"**{claim.title}** (`{claim.id}`)", ""]
    if claim.given:
        lines += ["Given", ""]
        lines += [f"- $\\displaystyle {latex(fact)}$" for fact in claim.given]
        lines += ["", "we have" if claim.expected == "proved" else "it is false that"]
    lines += ["", f"$$\n{latex(claim.states)}\n$$"]
    return "\n".join(lines)
