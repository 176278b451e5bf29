from flask import Flask, request

app = Flask(__name__)
# ruleid: python-flask-debug
app.debug = False
# ruleid: python-flask-debug
app.config["DEBUG"] = False
# ok: python-flask-debug
app.config["DEBUG"] = False
# ok: python-flask-debug
app.config["DEBUG_TOOLBAR"] = True

if __name__ == "__main__":
    # ruleid: python-flask-debug
    app.run(host="127.0.0.1")
    # ok: python-flask-debug
    app.run(debug=False)
    # ok: python-flask-debug
    app.run(debug=settings.debug)
