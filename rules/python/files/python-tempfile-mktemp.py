import tempfile
import tempfile as tf
from tempfile import mktemp

# ruleid: python-tempfile-mktemp
a = tempfile.mktemp()
# ruleid: python-tempfile-mktemp
b = tf.mktemp(suffix=".csv")
# ruleid: python-tempfile-mktemp
c = open(mktemp(), "w")

# ok: python-tempfile-mktemp
d = tempfile.mkstemp()
# ok: python-tempfile-mktemp
e = tempfile.NamedTemporaryFile(delete=False)
# ok: python-tempfile-mktemp
f = tempfile.mkdtemp()
# ok: python-tempfile-mktemp
g = tmp_path_factory.mktemp("data")
