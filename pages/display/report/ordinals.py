"""The numbers of headings: 一、 and （一） in Chinese, I. and (1) in English."""

from data.words import pick

_DIGITS = "零一二三四五六七八九"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def chinese(number: int) -> str:
    """1 to 99: 一, 十, 十一, 二十三."""
    tens, ones = divmod(number, 10)
    return (("" if tens < 2 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def roman(number: int) -> str:
    """1 to 39: I, IV, XI."""
    for value, sign in _ROMAN:
        if number >= value:
            return sign + (roman(number - value) if number > value else "")
    return ""


def first(number: int, text: str) -> str:
    """A heading of the first level."""
    return pick({"zh": f"{chinese(number)}、{text}", "en": f"{roman(number)}. {text}"})


def second(number: int, text: str) -> str:
    return pick({"zh": f"（{chinese(number)}）{text}", "en": f"({number}) {text}"})
