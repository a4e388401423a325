"""Judging one reply of an agent: which good moves it makes, which rules it breaks, and which words show it.

``judging.judge`` is the door. Behind it, in the order a reply passes them: ``normalise`` (one spelling for disguises),
``clauses`` (what is said, and what is only negated, quoted or warned of), ``patterns`` (data, one file for each check),
``features`` and ``model`` (what was learned from labelled replies).
"""
