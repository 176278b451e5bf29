import tempfile
import tempfile as tf
from tempfile import NamedTemporaryFile

# ruleid: python-tempfile-mktemp
a = tempfile.NamedTemporaryFile(delete=False).name
# ruleid: python-tempfile-mktemp
b = tf.NamedTemporaryFile(suffix=".csv", delete=False).name
# ruleid: python-tempfile-mktemp
c = NamedTemporaryFile(mode="w", delete=False)

# ok: python-tempfile-mktemp
d = tempfile.mkstemp()
# ok: python-tempfile-mktemp
e = tempfile.NamedTemporaryFile(delete=False)
# ok: python-tempfile-mktemp
f = tempfile.mkdtemp()
# ok: python-tempfile-mktemp
g = tmp_path_factory.mktemp("data")
