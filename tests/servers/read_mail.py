"""Shows a message as Python's own mail reader understands it: headers, then the text."""

import sys
from email import policy
from email.parser import BytesParser

with open(sys.argv[1], "rb") as file:
    message = BytesParser(policy=policy.default).parse(file)
for name in sys.argv[2:]:
    del message[name]
for name, value in message.items():
    print(f"{name}: {value}")
print()
print(message.get_content(), end="")
for defect in message.defects:
    print(f"defect: {defect!r}")
