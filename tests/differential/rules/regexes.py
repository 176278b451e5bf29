# ruleid: regex-alone
key = "AKIAABCDEFGHIJKLMNOP"
# ok: regex-alone
key = "AKIAabc"

# ruleid: regex-with-group
api_key = "abc"
# ok: regex-with-group
api_key = abc

# ruleid: regex-group-focus
text = "token: abc"
# ok: regex-group-focus
text = "token:"

# ruleid: regex-group-condition
url = "timeout_ms=5000"
# ok: regex-group-condition
url = "timeout_ms=500"

# ruleid: regex-and-pattern
legacy_run(1)
# ok: regex-and-pattern
x = legacy_name
# ok: regex-and-pattern
modern_run(legacy_run)


def later():
    # ruleid: regex-inside-pattern
    x = 1  # TODO later
    return x


# ok: regex-inside-pattern
x = 1  # TODO at the top

# ruleid: regex-not
link("http://a")
# ok: regex-not
link("https://a")

# ok: regex-multiline
x = """
# ruleid: regex-multiline
debugger
"""
# ok: regex-multiline
x = "a debugger"

# ruleid: regex-dot-matches-newline
x = """BEGIN
a
# ruleid: regex-dot-matches-newline
END BEGIN
END"""
# ok: regex-dot-matches-newline
x = "BEGIN"

# ruleid: regex-either
x = "ghp_abcdefghij0"
# ruleid: regex-either
github_token("a")
# ok: regex-either
x = "ghp_abc"

# ruleid: regex-case-insensitive
x = 1  # FixMe
# ok: regex-case-insensitive
x = 1  # fix me

# ruleid: regex-lookbehind
x = signed_url
# ok: regex-lookbehind
x = unsigned_url

# ruleid: regex-in-comment-with-unicode
x = "é", "a naïve thing", f(1)
# ok: regex-in-comment-with-unicode
x = "a naive thing"

# ruleid: regex-not-inside-comment
password = 1


class Form:
    # ok: regex-not-inside-comment
    password = 1
