"""This library's verdict on each text of JSONTestSuite (`../vectors`), also where the RFC leaves it open.

A text that begins as an object is the body of an unknown event; any other stands in the `document_metadata` of an
IDENTIFICATION_STARTED, since as a body it would be refused for not being an object. Two texts are there under two names
each: the first is taken.
"""

import base64
import json

from form import Delivery, accept, delivery, refuse
from sign import HERE

VECTORS = HERE.parent / "vectors" / "json_test_suite.json"

# Texts that the RFC leaves open and that are accepted: numbers of any size, and lone surrogates in free-form parts.
KEPT = {
    "i_number_double_huge_neg_exp",
    "i_number_huge_exp",
    "i_number_neg_int_huge_exp",
    "i_number_pos_double_huge_exp",
    "i_number_real_neg_overflow",
    "i_number_real_pos_overflow",
    "i_number_real_underflow",
    "i_number_too_big_neg_int",
    "i_number_too_big_pos_int",
    "i_number_very_big_negative_int",
    "i_object_key_lone_2nd_surrogate",
    "i_string_1st_surrogate_but_2nd_missing",
    "i_string_1st_valid_surrogate_2nd_invalid",
    "i_string_incomplete_surrogate_and_escape_valid",
    "i_string_incomplete_surrogate_pair",
    "i_string_incomplete_surrogates_escape_valid",
    "i_string_invalid_lonely_surrogate",
    "i_string_invalid_surrogate",
    "i_string_inverted_surrogates_U+1D11E",
    "i_string_lone_second_surrogate",
}
# Texts that are refused: invalid UTF-8, UTF-16, a byte order mark, and more than 128 levels.
REFUSED = {
    "i_string_UTF-16LE_with_BOM",
    "i_string_UTF-8_invalid_sequence",
    "i_string_UTF8_surrogate_U+D800",
    "i_string_invalid_utf-8",
    "i_string_iso_latin_1",
    "i_string_lone_utf8_continuation_byte",
    "i_string_not_in_unicode_range",
    "i_string_overlong_sequence_2_bytes",
    "i_string_overlong_sequence_6_bytes",
    "i_string_overlong_sequence_6_bytes_null",
    "i_string_truncated-utf-8",
    "i_string_utf16BE_no_BOM",
    "i_string_utf16LE_no_BOM",
    "i_structure_500_nested_arrays",
    "i_structure_UTF-8_BOM_empty_object",
}


def cases():
    for name, expect, text in texts():
        sent = whole(text) if text.lstrip(b" \t\n\r").startswith(b"{") else embedded(text)
        if accepted(name, expect):
            yield accept(name, sent)
        else:
            yield refuse(name, "malformed_payload", None, sent)


def texts():
    seen = set()
    for vector in json.loads(VECTORS.read_text()):
        text = base64.b64decode(vector["body_base64"])
        if text not in seen:
            yield vector["name"], vector["expect"], text
        seen.add(text)


def accepted(name, expect):
    if expect != "either":
        return expect == "accept"
    if (name in KEPT) == (name in REFUSED):
        raise ValueError(f"say once what our answer to {name} is")
    return name in KEPT


def whole(text):
    return Delivery(event="CONVERSION_ARCHIVED", body=text)


def embedded(text):
    sent = delivery("IDENTIFICATION_STARTED", document_metadata='{"x":@}')
    return sent.but(body=sent.body.replace(b"@", text))
