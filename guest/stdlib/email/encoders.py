"""Encodings of what a message holds."""

import base64
import binascii

__all__ = ["encode_7or8bit", "encode_base64", "encode_noop", "encode_quopri"]


def encode_base64(msg):
    msg.set_payload(base64.encodebytes(msg.get_payload(decode=True)).decode())
    msg["Content-Transfer-Encoding"] = "base64"


def encode_quopri(msg):
    msg.set_payload(binascii.b2a_qp(msg.get_payload(decode=True), quotetabs=True).replace(b" ", b"=20").decode())
    msg["Content-Transfer-Encoding"] = "quoted-printable"


def encode_7or8bit(msg):
    data = msg.get_payload(decode=True)
    if data is None:
        msg["Content-Transfer-Encoding"] = "7bit"
        return
    msg["Content-Transfer-Encoding"] = "7bit" if data.isascii() else "8bit"


def encode_noop(msg):
    pass
