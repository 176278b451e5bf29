# ruleid: python-bidi-characters
level = "user‮ ⁦// only for administrators⁩ ⁦"
# ruleid: python-bidi-characters
# A comment with ‫code‬ in it.
check = True
# ruleid: python-bidi-characters
name = "‪name‬"
# ruleid: python-bidi-characters
other = "⁧⁨‭"

# ok: python-bidi-characters
escaped = "user\u202e"
# ok: python-bidi-characters
arabic = "مرحبا"
# ok: python-bidi-characters
spaces = "a b​c"
# ok: python-bidi-characters
quotes = "“quoted” …"
