"""What carried a share from one period to another: more in the numerator, or fewer in the denominator.

A share is a product of two factors, n and 1/d. With their values of both periods, the first marked 0 and the second 1,

    n1/d1 − n0/d0 = (n1 − n0) · (1/d0 + 1/d1)/2 − (d1 − d0) · (n0 + n1)/(2 · d0 · d1)

Each change is weighed with the mean of the other factor, so that the order in which they are thought to have happened does
not matter, nothing is left over, and the way back has every sign turned. It is the two-factor case of P. Das Gupta,
Standardization and Decomposition of Rates (U.S. Bureau of the Census, P23-186, 1993), and equals the Shapley value.
"""

from dataclasses import dataclass
from fractions import Fraction

from queries.answers import Point, Trajectory
from queries.progress import Status


@dataclass(frozen=True)
class Weights:
    """What one more in the numerator, and one more in the denominator, adds to the share between two periods."""

    numerator: Fraction
    denominator: Fraction


@dataclass(frozen=True)
class Carried:
    """The change of a share between two figures: how the two sides moved, and what each contributed to the share."""

    before: Point
    after: Point
    numerator: Fraction
    denominator: Fraction
    numerator_effect: Fraction
    denominator_effect: Fraction


def weights(before: tuple[Fraction, Fraction], after: tuple[Fraction, Fraction]) -> Weights:
    """The weights of a change from (numerator, denominator) to (numerator, denominator); denominators are not 0."""
    (n0, d0), (n1, d1) = before, after
    return Weights((1 / d0 + 1 / d1) / 2, -(n0 + n1) / (2 * d0 * d1))


def carried(before: Point, after: Point) -> Carried | None:
    """How numerator and denominator carried a share; None where one of the figures is missing or is not given."""
    sides = _sides(before), _sides(after)
    if sides[0] is None or sides[1] is None:
        return None
    (n0, d0), (n1, d1) = sides[0], sides[1]
    weighed = weights(sides[0], sides[1])
    numerator, denominator = n1 - n0, d1 - d0
    return Carried(
        before, after, numerator, denominator, numerator * weighed.numerator, denominator * weighed.denominator
    )


def last_step(trajectory: Trajectory, unit: str) -> Carried | None:
    """What carried a share that meets its target since the figure before; None for anything else."""
    given = [point for point in trajectory.complete if point.value is not None]
    if unit != "share" or trajectory.status != Status.ACHIEVED or len(given) < 2:
        return None
    return carried(given[-2], given[-1])


def _sides(point: Point) -> tuple[Fraction, Fraction] | None:
    """A figure's two sides, where it has a value that is given."""
    if point.value is None or point.suppressed or point.numerator is None or not point.denominator:
        return None
    return Fraction(point.numerator), Fraction(point.denominator)
