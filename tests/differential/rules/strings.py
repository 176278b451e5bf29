import re

# ruleid: string-any
password("abc")
# ruleid: string-any
password('')
# ruleid: string-any
password("""a
b""")
# ok: string-any
password(f"a{b}")
# ruleid: string-any
password(b"abc")
# ok: string-any
password(abc)
# ok: string-any
password("a", "b")

# ruleid: string-exact
algorithm('md5')
# ruleid: string-exact
algorithm("""md5""")
# ok: string-exact
algorithm("MD5")
# ruleid: string-exact
algorithm(b"md5")

# ruleid: string-regex
fetch("http://example.com")
# ok: string-regex
fetch("https://example.com")
# ok: string-regex
fetch("see http://example.com")

# ruleid: string-regex-case-insensitive
header("X-Frame-Options", "DENY")
# ok: string-regex-case-insensitive
header("X-Other", "DENY")

# ruleid: string-content-metavariable
db.execute("SELECT 1")
# ruleid: string-content-metavariable
self.db.run("delete from a")
# ok: string-content-metavariable
db.execute("PRAGMA select")

# ruleid: string-repeated-content
rename("a", 'a')
# ok: string-repeated-content
rename("a", "b")

# ruleid: string-metavariable-whole
token("abcdefgh12")
# ok: string-metavariable-whole
token("short")
# ok: string-metavariable-whole
token(abcdefgh12)

# ruleid: fstring-any
query(f"select {x}")
# ok: fstring-any
query("select")
# ok: fstring-any
query(x)

# ruleid: fstring-with-interpolation
query_one(f"select {x} from t")
# ruleid: fstring-with-interpolation
query_one(f"{x.y()}")
# ruleid: fstring-with-interpolation
query_one(f"{a}{b}")
# ok: fstring-with-interpolation
query_one(f"select")
# ok: fstring-with-interpolation
query_one("select {x}")

# ruleid: fstring-exact
log(f"hello {name}")
# ok: fstring-exact
log(f"hello {names}")
# ok: fstring-exact
log(f"bye {name}")

# ruleid: string-format-method
print("a{}".format(x))
# ruleid: string-format-method
query_two("select {}".format(x, y=1).strip())
# ok: string-format-method
template.format(x)

# ruleid: string-format-percent
sql("select %s" % x)
# ruleid: string-format-percent
sql("select %s, %s" % (x, y))
# ok: string-format-percent
sql(x % "select")

# ruleid: string-concatenated
sql_add("select " + x)
# ok: string-concatenated
sql_add("select " + x + " from y")
# ok: string-concatenated
sql_add(x + "select ")

# ruleid: string-bytes
key(b"abc")
# ok: string-bytes
key("abc")

# ruleid: string-assigned-secret
api_token = "abc"
# ruleid: string-assigned-secret
PASSWD = "abc"
# ok: string-assigned-secret
token_name = "abc"
# ok: string-assigned-secret
secret = read()


class Settings:
    # ruleid: string-assigned-secret
    SECRET = "abc"
    # ruleid: string-assigned-secret
    TOKEN: str = "abc"


# ruleid: string-dict-value
config = {"user": "a", "password": "b", "host": "c"}
# ruleid: string-dict-value
config = {'password': ''}
# ok: string-dict-value
config = {"password": password_of(user)}
# ok: string-dict-value
config = {"passwords": "b"}

# ruleid: string-raw
re.compile(r"a\d")
# ok: string-raw
re.compile("b\\d")

# ruleid: string-empty
login("root", "")
# ruleid: string-empty
login(user, '')
# ok: string-empty
login(user, " ")

# ruleid: string-join
sql_joined = ", ".join(names)
# ruleid: string-join
sql_joined = "a" + "".join(name for name in names)
# ok: string-join
sql_joined = separator.join(names)

# ruleid: string-implicitly-joined
banner("hello " "world")
# ruleid: string-implicitly-joined
banner("hello world")
# ok: string-implicitly-joined
banner("hello", "world")
