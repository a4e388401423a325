"""How much of a question's marks people are expected to earn."""

from fractions import Fraction

from quizzes.rules.vocabulary import EXPECTED_SHARE

# How many answers the writer's judgement weighs: at 20 observed ones, data and judgement count alike.
PRIOR_ANSWERS = 20


def expected_share(difficulty: int, answers: int = 0, earned: Fraction | float = 0) -> float:
    """The expected fraction of a question's marks, above 0 and below 1.

    ``difficulty`` is the writer's (1 to 5), ``answers`` how many were marked and ``earned`` the sum of their
    fractions. The posterior mean under a Beta prior with the writer's share ``p`` as its mean and
    ``w = PRIOR_ANSWERS`` as its weight, ``(w·p + earned) / (w + answers)``: Gelman et al., Bayesian Data
    Analysis, 3rd ed., section 2.4, with fractions counted as parts of a success.

    Raises ``ValueError`` for an unknown difficulty, or when ``earned`` is not between 0 and ``answers``.
    """
    if difficulty not in EXPECTED_SHARE:
        raise ValueError(f"No difficulty {difficulty}.")
    if not 0 <= earned <= answers:
        raise ValueError(f"{answers} answers cannot earn {earned}.")
    return float(PRIOR_ANSWERS * EXPECTED_SHARE[difficulty] + earned) / (PRIOR_ANSWERS + answers)
