"""A mail server on loopback for the tests: it listens on a free port, prints it, and keeps what it
is given in a folder, one file a message with its envelope beside it. It can be told to misbehave."""

import argparse
import asyncio
import json
import ssl
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

MODES = [
    "ok",
    "refuse-sender",
    "refuse-recipient",
    "refuse-message",
    "defer-message",
    "close-after-each",
    "mute",
    "drop-at-data",
    "drop-after-go-ahead",
    "drop-after-data",
    "hang-after-data",
    "slow",
]


class Session(SMTP):
    mode = "ok"

    async def smtp_DATA(self, arg):
        if self.mode in ("drop-at-data", "drop-after-go-ahead"):
            if self.mode == "drop-after-go-ahead":
                await self.push("354 End data with <CR><LF>.<CR><LF>")
            self.transport.close()
            return
        await super().smtp_DATA(arg)


class Handler:
    def __init__(self, folder, mode):
        self.folder, self.mode, self.count = folder, mode, 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mode == "refuse-sender":
            return "553 5.7.1 sender rejected"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refuse-recipient":
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "refuse-message":
            return "554 5.7.1 message refused as spam"
        if self.mode == "defer-message":
            return "451 4.3.0 try again later"
        self.count += 1
        (self.folder / f"{self.count}.eml").write_bytes(envelope.content)
        kept = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data.login.decode() if session.authenticated else None,
        }
        (self.folder / f"{self.count}.json").write_text(json.dumps(kept, sort_keys=True))
        if self.mode == "drop-after-data":
            server.transport.abort()
            await asyncio.sleep(3600)
        if self.mode == "hang-after-data":
            await asyncio.sleep(3600)
        if self.mode == "slow":
            await asyncio.sleep(3)
        if self.mode == "close-after-each":
            asyncio.get_running_loop().call_later(0.05, server.transport.close)
        return "250 2.0.0 queued"


def authenticator(expected):
    def check(server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == expected, handled=False, auth_data=data)

    return check


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", choices=MODES, default="ok")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--tls", action="store_true", help="encrypted from the first byte")
    parser.add_argument("--login", help="USER:PASSWORD")
    args = parser.parse_args()

    context = None
    if args.cert:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(args.cert, args.key)
    options = {"hostname": "mail.test"}
    if context and not args.tls:
        options.update(tls_context=context, require_starttls=True)
    if args.login:
        user, _, password = args.login.partition(":")
        options.update(
            authenticator=authenticator((user, password)),
            auth_required=True,
            auth_require_tls=not args.tls and context is not None,
        )
    handler = Handler(args.folder, args.mode)
    Session.mode = args.mode

    def session():
        if args.mode == "mute":
            return asyncio.Protocol()
        return Session(handler, **options)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        session, "127.0.0.1", 0, ssl=context if args.tls else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
