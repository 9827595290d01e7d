import numpy as np
import pytest
import spacy

from geoconflict.extract.language import vectors as language_vectors
from geoconflict.extract.language.encoder import WindowEncoder
from geoconflict.extract.language.model import DEFAULT_MODEL, load_language_model
from geoconflict.extract.language.vectors import multiply_by_numpy, rows_stand_alone, thin_out_work

TEXTS = (
    "Shelling.",
    "Two soldiers died near Martuni, the ministry said on Friday, and six more were taken to Stepanakert.",
    "Stepanakert was shelled again.",
    "Kyiv",
)


@pytest.fixture
def thin():
    pipeline = spacy.load(DEFAULT_MODEL)
    for name in ("tok2vec", "tagger", "parser", "ner"):
        multiply_by_numpy(pipeline.get_pipe(name).model)
    assert thin_out_work(pipeline.get_pipe("tok2vec").model)
    return pipeline


def vectors(pipeline, texts):
    return pipeline.get_pipe("tok2vec").model.predict([pipeline.make_doc(text) for text in texts])


def test_vectors_are_those_of_spacy_but_for_the_last_bits(thin):
    for own, theirs in zip(vectors(thin, TEXTS), vectors(spacy.load(DEFAULT_MODEL), TEXTS), strict=True):
        np.testing.assert_allclose(own, theirs, rtol=1e-3, atol=1e-4)


def test_a_token_has_one_vector_whatever_is_read_with_it(thin):
    together = vectors(thin, TEXTS)
    for text, expected in zip(TEXTS, together, strict=True):
        (alone,) = vectors(thin, [text])
        assert np.array_equal(alone, expected)
    assert all(np.array_equal(a, b) for a, b in zip(together, vectors(thin, TEXTS), strict=True))


def test_where_rows_do_not_stand_alone_spacys_own_library_multiplies(monkeypatch):
    monkeypatch.setattr(language_vectors, "rows_stand_alone", lambda: False)
    pipeline = spacy.load(DEFAULT_MODEL)
    model = pipeline.get_pipe("tok2vec").model
    before = [node.ops for node in model.walk()]
    multiply_by_numpy(model)
    assert all(one is other for one, other in zip(before, (node.ops for node in model.walk()), strict=True))
    assert thin_out_work(model)
    for text, expected in zip(TEXTS, vectors(pipeline, TEXTS), strict=True):
        assert np.array_equal(vectors(pipeline, [text])[0], expected)


def test_rows_that_stand_alone_do_so_wherever_they_stand():
    numbers = np.random.default_rng(7)
    weights, rows = (numbers.standard_normal((n, 96), np.float32) for n in (96, 400))
    together = rows @ weights.T
    alike = [np.array_equal(rows[at : at + 47] @ weights.T, together[at : at + 47]) for at in range(0, 350, 3)]
    assert all(alike) or not rows_stand_alone()


@pytest.mark.parametrize("most", [25, 3])
def test_words_that_were_forgotten_are_embedded_anew(thin, monkeypatch, most):
    expected = vectors(thin, TEXTS)
    monkeypatch.setattr(language_vectors, "_N_REMEMBERED", most)
    again = spacy.load(DEFAULT_MODEL)
    model = again.get_pipe("tok2vec").model
    multiply_by_numpy(model)
    thin_out_work(model)
    for _ in range(3):
        for text, vector in zip(TEXTS, expected, strict=True):
            assert np.array_equal(vectors(again, [text])[0], vector)


def test_words_that_are_asked_for_again_and_again_are_not_forgotten(monkeypatch):
    monkeypatch.setattr(language_vectors, "_N_REMEMBERED", 8)
    embedding, embedded = language_vectors._Embedding(), []

    def embed(keys):
        embedded.extend(keys[:, 0].tolist())
        return np.repeat(keys[:, :1].astype(np.float32), 3, axis=1)

    for n in range(10, 60):
        keys = np.array([[1, 7], [n, 7], [2, 7], [1, 7]], np.uint64)
        assert embedding._vectors(keys, 3, embed).tolist() == [[1.0] * 3, [n] * 3, [2.0] * 3, [1.0] * 3]
    assert sorted(embedded) == [1, 2, *range(10, 60)]


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
def test_the_encoder_gives_the_numbers_that_thinc_gives(component):
    """Of all lengths of documents, among them none. Where it was measured not a bit differed; another library may add otherwise."""
    model = spacy.load(DEFAULT_MODEL).get_pipe(component).model
    multiply_by_numpy(model)
    encode = (model if component == "tok2vec" else model.get_ref("tok2vec").layers[0]).layers[1]
    own = WindowEncoder(encode)
    rng = np.random.default_rng(1)
    for lengths in ([1], [0, 3], [2, 0, 5], [31], [64, 7], [*range(40)], [300] * 4, [21] * 60):
        words = [rng.standard_normal((n, 96), np.float32) * np.float32(3) for n in lengths]
        for mine, theirs in zip(own.encode(words), encode.predict(words), strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-5)


def test_an_encoder_of_another_architecture_is_left_to_thinc(thin):
    encode = thin.get_pipe("tok2vec").model.layers[1].layers[0]
    with pytest.raises(ValueError, match="not known"):
        WindowEncoder(encode.layers[0])
    wider = encode.copy()
    next(node for node in wider.walk() if node.name == "expand_window").attrs["window_size"] = 2
    with pytest.raises(ValueError, match="not known"):
        WindowEncoder(wider)
    fresh = spacy.load(DEFAULT_MODEL)
    expected = vectors(fresh, TEXTS)
    model = fresh.get_pipe("tok2vec").model
    next(node for node in model.walk() if node.name == "dropout").name = "another"
    assert thin_out_work(model)
    for own, theirs in zip(vectors(fresh, TEXTS), expected, strict=True):
        np.testing.assert_allclose(own, theirs, rtol=1e-3, atol=1e-4)


def test_other_models_of_the_process_keep_their_operations():
    before = spacy.load(DEFAULT_MODEL)
    load_language_model.__wrapped__(DEFAULT_MODEL)
    for pipeline in (before, spacy.load(DEFAULT_MODEL)):
        assert all(node.ops.use_blis for node in pipeline.get_pipe("ner").model.walk())
