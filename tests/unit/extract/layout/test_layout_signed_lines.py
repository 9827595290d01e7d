"""Lines that end with who tells them, and where the next sentence begins."""

from geoconflict.extract.layout.signed_lines import signature_cuts, signed_lines


def test_a_signed_line_reaches_from_its_own_sentence_to_the_mark():
    text = "Old news. Ten dead in Kidal: governor\nMore soon."
    (line,) = signed_lines(text)
    assert text[line.start : line.end] == "Ten dead in Kidal"
    assert text[slice(*line.named)] == "governor"
    assert [text[at:] for at in signature_cuts(text)] == ["governor\nMore soon.", "More soon."]


def test_a_signature_may_have_a_verb_of_saying():
    for text in ("Rebels attack Kidal, officials say", "Rebels attack Kidal, say officials"):
        (line,) = signed_lines(text)
        assert text[slice(*line.named)] == "officials"
        assert [text[at:] for at in signature_cuts(text)] == [text.partition(", ")[2]]


def test_those_who_report_the_news_of_others_sign_it():
    for teller in ("state media", "local radio"):
        (line,) = signed_lines(f"Ten dead in Kidal on Monday - {teller}")
        assert line.end == len("Ten dead in Kidal on Monday")


def test_ends_that_name_nobody_who_tells_are_no_signatures():
    for text in (
        "Statement: army",
        "Ten dead in Kidal: toll rises",
        "Ten dead in Kidal: police on alert",
        "Kidal - Gao road",
    ):
        assert signed_lines(text) == []


def test_very_many_signed_lines_are_each_looked_at_alone():
    assert len(signed_lines("Ten dead in Kidal: army\n" * 3000)) == 3000
