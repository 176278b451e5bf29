from bson.code import Code
from flask import request

collection = client.app.users


@app.route("/users")
def listed():
    name = request.args["name"]
    # ruleid: python-nosql-code-injection
    collection.find({"$where": "this.name == '" + name + "'"})
    # ruleid: python-nosql-code-injection
    collection.find().where(f"this.name == '{name}'")
    # ruleid: python-nosql-code-injection
    mapper = Code("function () { emit(this.%s, 1); }" % name)
    # ok: python-nosql-code-injection
    collection.find({"name": name})
    # ok: python-nosql-code-injection
    collection.find({"$where": "this.credits == this.debits"})
    # ok: python-nosql-code-injection
    collection.find({"$where": f"this.age > {int(request.args['age'])}"})
    # ok: python-nosql-code-injection
    Code("function () { emit(this.a, n); }", {"n": 1})


def every_form(request):
    # ruleid: python-nosql-code-injection
    {"$function": request.GET["q"]}
    # ruleid: python-nosql-code-injection
    {"$accumulator": request.GET["q"]}
    # ruleid: python-nosql-code-injection
    bson.Code(request.GET["q"])
    # ruleid: python-nosql-code-injection
    db.command("eval", request.GET["q"])
