"""form show: the fields of a form on the terminal and as JSON."""

from __future__ import annotations

import json

from tests.cli.conftest import Yosan


def test_form_show__one_field_as_text_and_as_json(yosan: Yosan) -> None:
    done = yosan("form", "show", "I25")
    assert (done.code, done.err) == (0, "")
    assert "yx_funding_general_amount" in done.out
    (row,) = json.loads(yosan("form", "show", "I25", "--format", "json").out)
    assert row == {
        "label": "一般財源",
        "cells": "I25",
        "name": "yx_funding_general_amount",
        "pointer": "/funding/general/amount",
        "filled_by": "式",
        "rules": "YX204 YX206 YX207",
    }


def test_form_show__says_that_a_word_stands_nowhere(yosan: Yosan) -> None:
    done = yosan("form", "show", "何でもない言葉")
    assert done.code == 2
    assert "「何でもない言葉」" in done.err


def test_form_show__help_is_in_japanese(yosan: Yosan) -> None:
    assert "使い方: yosan-xl form show" in yosan("form", "show", "--help").out
