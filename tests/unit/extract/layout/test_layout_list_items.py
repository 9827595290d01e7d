import pytest

from geoconflict.extract.layout.list_items import dateline_of_item, heading_of, heads_line, is_heading, item_starts
from geoconflict.models import Role, Toponym


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- Gao: x\n- Kidal: y\n\n- Menaka", ["Gao: x", "Kidal: y", "Menaka"]),
        ("Events:\n1. one\n2. two", ["one", "two"]),
        ("It ended.\n  • one\r\n  • two", ["one", "two"]),
        # a dateline is parted from its sentence, a road is none
        ("* NYALA - U.S. troops left.", ["NYALA - U.S. troops left.", "U.S. troops left."]),
        ("* NYALA - MENAKA road is cut.", ["NYALA - MENAKA road is cut."]),
        # so in small letters; a headline without articles is read with its heading
        ("- El Fasher - A shell fell.", ["El Fasher - A shell fell.", "A shell fell."]),
        ("- Nyala – a shell fell.", ["Nyala – a shell fell.", "a shell fell."]),
        ("- Nyala - two killed by a shell", ["Nyala - two killed by a shell"]),
        ("- Nyala - Menaka road is cut.", ["Nyala - Menaka road is cut."]),
        # lines that are wrapped
        ("They fled on November\n14. The army came.", []),
        ("a part of the Teca\n- Vasconia pipeline", []),
        ("the army - it fled - came back", []),
        ("", []),
    ],
)
def test_items_begin_behind_marks_of_lines_but_not_of_wrapped_ones(text, items):
    starts = item_starts(text)
    assert [text[start:].splitlines()[0] for start in starts] == items


def test_the_name_with_a_colon_that_opens_an_item_heads_its_line_alone():
    text = "- Gao: shells fell.\n- In Kidal: none. Menaka: none.\nKidal: none."
    spans = [text.index("Gao"), text.index("Kidal"), text.index("Menaka"), text.rindex("Kidal")]
    ends = [text.index(":", start) for start in spans]
    assert [is_heading(text, *span) for span in zip(spans, ends, strict=True)] == [True, False, False, False]
    names = [
        Toponym(start=start, end=end, surface=text[start:end], score=0.9, role=Role.EVENT_PLACE)
        for start, end in zip(spans, ends, strict=True)
    ]
    assert heading_of(text, names, text.index("shells")) == 0
    assert heading_of(text, names, text.index("none")) is None


def test_the_name_before_a_dash_heads_its_item_where_a_mark_opens_the_line():
    text = "* AL-NYALA, Sudan - A shell fell.\n* Menaka - A shell fell.\nKIDAL - None fell."
    at = text.index(",")
    assert is_heading(text, 2, at)
    assert [dateline_of_item(text, text.index(words)) for words in ("A shell", "Menaka", "None")] == [
        range(2, text.index("A shell")),
        range(text.index("Menaka"), text.rindex("A shell")),
        None,
    ]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("Menaka: shells fell.", True),
        ("Gao: none.\nMenaka: 20 people fled.", True),
        ("Menaka: The army says no.", False),  # who speaks, or a sentence of its own
        ("In Menaka: shells fell.", False),
        ("Menaka:shells", False),
    ],
)
def test_a_name_with_a_colon_heads_what_goes_on_in_small_letters(text, heads):
    at = text.index("Menaka")
    assert heads_line(text, at, at + len("Menaka")) is heads


@pytest.mark.parametrize(
    ("item", "heads"),
    [
        ("- El Fasher - two killed by a shell", True),
        ("1. El Fasher — Shells fell on a market.", True),
        ("- El Fasher - Nyala road mined", False),
        ("- El Fasher was shelled - again", False),
    ],
)
def test_a_name_and_a_dash_head_an_item(item, heads):
    start = item.index("El Fasher")
    assert is_heading(item, start, start + len("El Fasher")) == heads
