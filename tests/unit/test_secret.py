from geoconflict.secret import Secret


def test_a_secret_shows_nothing_of_itself():
    assert "sesame" not in repr(Secret("sesame/1 +2"))


def test_a_secret_is_hidden_in_every_form_an_address_may_give_it():
    secret = Secret("sesame/1 +2")
    for form in ("sesame/1 +2", "sesame/1%20%2B2", "sesame%2F1+%2B2"):
        assert secret.hide(f"a {form} b") == "a (hidden) b"
        assert secret.hide_bytes(b"\xff" + form.encode()) == b"\xff(hidden)"


def test_no_secret_hides_nothing():
    assert Secret("").hide("abc") == "abc"
