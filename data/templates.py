"""A dataset's contract as a file to fill in: the header, an example row, and what every column wants."""

from collections.abc import Iterator, Mapping
from datetime import date

from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from data.contract import DECIMAL_PLACES, Contract, Field
from data.handed_out import TEXT, Book, Table, csv_bytes, plain, width
from data.words import _, n_, pick

LISTED_ROWS = 5000
# What spreadsheets hold: a list in the rule itself, the text of a message, its title.
_LONGEST_LIST, _LONGEST_MESSAGE, _LONGEST_TITLE = 255, 255, 32
_REQUIRED, _OPTIONAL = "#FFE699", "#E7E6E6"
_COLUMN_SHAPES = {"string": TEXT, "date": "yyyy-mm-dd"}


def as_csv(contract: Contract) -> bytes:
    """The header in the reader's language and the example row."""
    example = [cell.isoformat() if isinstance(cell, date) else cell for cell in _examples(contract)]
    return csv_bytes(_titles(contract), [example])


def as_xlsx(contract: Contract) -> bytes:
    """A workbook: the sheet to fill in, with lists to choose from, and a sheet that explains every column."""
    book = Book()
    sheet = _sheet_to_fill(book, contract)
    explained = book.add(_explanation(contract))
    explained.set_landscape()
    long_lists = [field for field in contract.fields if _choices(field) and not _fits_a_rule(_choices(field))]
    places = _hidden_lists(book, long_lists) if long_lists else {}
    for column, field in enumerate(contract.fields):
        rule = _rule(field, places)
        if rule:
            sheet.data_validation(1, column, LISTED_ROWS, column, rule)
    return book.finished()


def as_dict(contract: Contract) -> dict[str, object]:
    """The contract for programs: texts in the reader's language, types and names as they stand in the contract."""
    return {
        "dataset": contract.dataset,
        "title": pick(contract.title.pair()),
        "description": pick(contract.description.pair()),
        "personal": contract.personal,
        "period": contract.period,
        "primaryKey": list(contract.primaryKey),
        "fields": [_field_as_dict(contract, field) for field in contract.fields],
    }


def _field_as_dict(contract: Contract, field: Field) -> dict[str, object]:
    example = example_of(field)
    return {
        "name": field.name,
        "title": pick(field.title.pair()),
        "type": field.type,
        "unit": pick(field.unit.pair()) if field.unit else None,
        "required": _is_required(contract, field),
        "values": list(_choices(field)),
        "minimum": field.constraints.minimum,
        "maximum": field.constraints.maximum,
        "maxLength": field.constraints.maxLength,
        "states": {state: list(texts) for state, texts in (field.states or {}).items()},
        "headers": list(_other_headers(field)),
        "example": example.isoformat() if isinstance(example, date) else example,
        "description": pick(field.description.pair()) if field.description else None,
    }


def _titles(contract: Contract) -> tuple[str, ...]:
    return tuple(pick(field.title.pair()) for field in contract.fields)


def _examples(contract: Contract) -> tuple[object, ...]:
    return tuple(example_of(field) for field in contract.fields)


def example_of(field: Field) -> object:
    """The example as a template shows it and the field's type wants it; YAML reads 2020 for a number and 2020-09-01 for a date."""
    given = field.example
    if given is None or given == "":
        return None
    if isinstance(given, bool):
        return (field.trueValues if given else field.falseValues)[0]
    if field.type == "date" and isinstance(given, str):
        return date.fromisoformat(given)
    return str(given) if field.type == "string" else given


def _is_required(contract: Contract, field: Field) -> bool:
    return field.constraints.required or field.name in contract.primaryKey


def _sheet_to_fill(book: Book, contract: Contract) -> Worksheet:
    """The header and the example; whole columns have their format, so that what is typed in stays what it is."""
    sheet = book.sheet(pick(contract.title.pair()))
    sheet.freeze_panes(1, 0)
    cells = zip(contract.fields, _titles(contract), _examples(contract), strict=True)
    for column, (field, title, example) in enumerate(cells):
        shape = book.format(num_format=_COLUMN_SHAPES.get(field.type, "General"))
        sheet.set_column(column, column, width([title, example, "0" * 10]), shape)
        colour = _REQUIRED if _is_required(contract, field) else _OPTIONAL
        book.write(sheet, 0, column, title, bold=True, bg_color=colour, border=1)
        book.write(sheet, 1, column, example)
    return sheet


def _choices(field: Field) -> tuple[str, ...]:
    if field.type == "boolean":
        return field.trueValues[0], field.falseValues[0]
    return field.constraints.enum


def _fits_a_rule(choices: tuple[str, ...]) -> bool:
    return len(",".join(choices)) <= _LONGEST_LIST and not any(sign in text for text in choices for sign in ',"')


def _hidden_lists(book: Book, fields: list[Field]) -> Mapping[str, str]:
    """Writes lists that are too long for a rule to a sheet that nobody can show; returns where each field's stands."""
    sheet = book.sheet(_("lists"))
    sheet.very_hidden()
    places = {}
    for column, field in enumerate(fields):
        for row, text in enumerate(_choices(field)):
            book.write(sheet, row, column, text)
        letter = xl_col_to_name(column, True)
        places[field.name] = f"={quote_sheetname(sheet.get_name())}!{letter}$1:{letter}${len(_choices(field))}"
    return places


def _rule(field: Field, places: Mapping[str, str]) -> dict[str, object] | None:
    """What a cell of the field offers and says when it is chosen, in XlsxWriter's words."""
    rule: dict[str, object] = {}
    if _choices(field):
        source: object = places.get(field.name) or list(_choices(field))
        # Other spellings of a value are read as well, so the list may be left.
        rule = {"validate": "list", "source": source, "error_type": "warning" if field.aliases else "stop"}
        rule |= {"error_title": _("Not in the list"), "error_message": _("Choose a value from the list.")}
    if field.description:
        message = _cut(pick(field.description.pair()), _LONGEST_MESSAGE)
        rule = {"validate": "any", **rule, "input_message": message}
        rule["input_title"] = _cut(pick(field.title.pair()), _LONGEST_TITLE)
    return rule or None


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _explanation(contract: Contract) -> Table:
    header = (
        _("Column"), _("Name"), _("Type"), _("Unit"), _("Must be filled"), _("Allowed values"),
        _("Other headers that are read"), _("Example"), _("Remark"),
    )  # fmt: skip
    return Table(_("Explanation"), header, [_explained(contract, field) for field in contract.fields])


def _explained(contract: Contract, field: Field) -> tuple[object, ...]:
    return (
        pick(field.title.pair()),
        field.name,
        _type_in_words(field),
        pick(field.unit.pair()) if field.unit else None,
        _("yes") if _is_required(contract, field) else _("no"),
        _("; ").join(_allowed(field)),
        _(", ").join(_other_headers(field)),
        example_of(field),
        " ".join(_remarks(field)),
    )


def _type_in_words(field: Field) -> str:
    match field.type:
        case "integer":
            return _("whole number")
        case "number":
            return _("number, at most {places} decimals", places=DECIMAL_PLACES)
        case "date":
            return _("date, such as 2020-09-01")
        case "boolean":
            return _("yes or no")
        case _:
            return _("text")


def _allowed(field: Field) -> Iterator[str]:
    limits = field.constraints
    if _choices(field):
        yield _(", ").join(_choices(field))
    if limits.minimum is not None:
        yield _("{limit} or more", limit=plain(limits.minimum))
    if limits.maximum is not None:
        yield _("{limit} or less", limit=plain(limits.maximum))
    if limits.maxLength is not None:
        yield n_("at most {count} character", "at most {count} characters", limits.maxLength)
    for texts in (field.states or {}).values():
        yield from filter(None, [_(", ").join(text for text in texts if text)])


def _other_headers(field: Field) -> tuple[str, ...]:
    """Every header but the title and the name that is read without a question."""
    shown = pick(field.title.pair())
    texts = (field.title.zh, field.title.en, *field.synonyms)
    return tuple(dict.fromkeys(text for text in texts if text not in (shown, field.name)))


def _remarks(field: Field) -> Iterator[str]:
    if field.description:
        yield pick(field.description.pair())
    for value, spellings in field.aliases.items():
        yield _("“{value}” may also be written: {spellings}.", value=value, spellings=_(", ").join(spellings))
    if field.lookup:
        yield _("The name may stand here instead of the code.")
    if field.pseudonym:
        yield _("Kept only as an encrypted code.")
