import pytest
from builders import actor, report, source

from geoconflict.events.describe import disagreements


def told_by(name, agent):
    return source(report(source=name), actors=(actor(agent),))


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Military Forces", "Military Forces of Sudan", False),
        ("Military Forces of Chad", "Military Forces of Sudan", True),
        ("Rebels", "Military Forces of Sudan", True),
    ],
)
def test_the_army_is_no_other_than_the_army_of_the_country(one, other, differ):
    said = disagreements([told_by("Agency A", one), told_by("Agency B", other)])
    assert any(words.startswith("Done by") for words in said) is differ
