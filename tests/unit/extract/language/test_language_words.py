import pytest
import spacy

from geoconflict.extract.language.model import DEFAULT_MODEL, load_language_model

SENTENCES = (
    "There are rebels there, and there's been shelling that they said had wounded some.",
    "It ain't gonna be easy; let's see, y'all, we gotta go, c'mon!",
    "Troops were leaving, but leaves fell.\n \nWounded men lay dying: bodies, wives, geese and oxen.",
    "The US left us. He's seen this; whose are those? Better, worst, further.",
    "\u201cNo\u201d, Baku's ministry (of defence) said: 1,200 Su-25s & T-72s weren't hit...",
    "Shelling shelled shells by shellers",
)


@pytest.fixture(scope="module")
def spacys_own():
    return spacy.load(DEFAULT_MODEL)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_have_the_forms_that_spacy_gives_them(spacys_own, sentence):
    model = load_language_model()
    doc = model._pipeline(sentence)
    for _ in range(2):  # asked, then remembered
        forms = model._word_forms(doc.copy())
    for name in ("attribute_ruler", "lemmatizer"):
        doc = spacys_own.get_pipe(name)(doc)
    assert forms == [(token.lemma_, token.pos_, token.tag_, token.dep_) for token in doc]
