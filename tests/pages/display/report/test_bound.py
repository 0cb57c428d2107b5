"""Marks around numbers: there while a document is written, gone everywhere else, and never made by a text from outside."""

from data import words
from pages.display import bound, numbers, sentences
from tests.pages.display import made


def test_outside_a_document_a_bound_text_is_the_text() -> None:
    assert bound.bound("81.0%", "value", "inclusive_share") == "81.0%"
    assert bound.pieces("81.0%") == [bound.Piece("81.0%")]


def test_a_sentence_says_of_each_number_what_it_answers() -> None:
    words.use("zh_CN")
    answer = made.everywhere()
    with bound.carrying():
        told = sentences.verdict(answer)
    sources = {piece.source: piece.text for piece in bound.pieces(told) if piece.source}
    assert sources[("value", "inclusive_share", "主城区", "", "2021")] == "83.5%"
    assert sources[("gap", "inclusive_share", "襄都区")] == numbers.gap(answer.area("襄都区"), answer.definition)
    assert bound.plain(told) == sentences.verdict(answer)
    assert not any(sign.isdigit() for piece in bound.pieces(told) if not piece.source for sign in piece.text)


def test_texts_from_outside_cannot_pass_for_a_number_with_a_source() -> None:
    forged = "\ue000value\ue001x\ue0021\ue003"
    with bound.carrying():
        told = bound.bound(forged, "item", forged)
    assert [piece.source for piece in bound.pieces(told)] == [("item", bound.unmarked(forged))]
    assert not set(bound.plain(told)) & set("\ue000\ue001\ue002\ue003")


def test_words_without_digits_need_no_source() -> None:
    with bound.carrying():
        assert bound.bound("withheld", "value", "x") == "withheld"
