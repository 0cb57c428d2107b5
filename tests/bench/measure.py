"""What both measurements share: alternating runs, medians, ratios."""

import statistics
import time
from collections.abc import Callable


def milliseconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def alternate(actions: dict[str, Callable[[], object]], rounds: int, warm_up: int) -> dict[str, list[float]]:
    """Runs the actions in turn, so that a machine that becomes slower does so for all of them."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(warm_up + rounds):
        for name, action in actions.items():
            elapsed = milliseconds(action)
            if number >= warm_up:
                taken[name].append(elapsed)
    return taken


def report(taken: dict[str, list[float]], base: str) -> None:
    """Prints medians, and the median of the ratios to `base` round by round."""
    for name, times in taken.items():
        ratios = [one / other for one, other in zip(times, taken[base], strict=True)]
        print(
            f"{name:<28} {statistics.median(times):>10.1f} ms   {statistics.median(ratios):>6.2f} x {base}", flush=True
        )
