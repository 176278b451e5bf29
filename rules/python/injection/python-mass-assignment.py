from flask import request


@app.route("/users", methods=["POST"])
def create():
    data = request.get_json()
    # ruleid: python-mass-assignment
    user = User(**data)
    # ruleid: python-mass-assignment
    User.objects.create(**request.json)
    # ruleid: python-mass-assignment
    user.__dict__.update(data)
    for field, value in data.items():
        # ruleid: python-mass-assignment
        setattr(user, field, value)
    # ok: python-mass-assignment
    user = User(name=data["name"], email=data["email"])
    # ok: python-mass-assignment
    user = User(**UserSchema().load(data))
    # ok: python-mass-assignment
    user.name = data["name"]
    for field in ("name", "email"):
        # ok: python-mass-assignment
        setattr(user, field, data[field])


def from_a_form(request):
    # ruleid: python-mass-assignment
    User.objects.create(**request.POST.dict())
    # ruleid: python-mass-assignment
    User(**request.form)
    user = User()
    for field, value in request.POST.items():
        # ruleid: python-mass-assignment
        setattr(user, field, value)
    # ok: python-mass-assignment
    User.objects.create(name=request.POST["name"])


def every_form(request):
    # ruleid: python-mass-assignment
    query.update(**request.GET["q"])
    # ruleid: python-mass-assignment
    table.update().values(**request.GET["q"])
    # ruleid: python-mass-assignment
    table.insert().values(**request.GET["q"])


async def bodies(request, self):
    # ruleid: python-mass-assignment
    User(**await request.json())
    # ruleid: python-mass-assignment
    User(**await self.request.json())
    # ruleid: python-mass-assignment
    User(**bottle.request.json)
    # ruleid: python-mass-assignment
    User(**json.loads(flask.request.data))
    # ruleid: python-mass-assignment
    User(**json.loads(request.body))
    # ruleid: python-mass-assignment
    User(**json.loads(self.request.body))
    # ruleid: python-mass-assignment
    User(**quart.request.get_json())
    # ruleid: python-mass-assignment
    User(**request.data)
    # ruleid: python-mass-assignment
    User(**request.json_body)
    # ruleid: python-mass-assignment
    User(**self.request.data)


def form(request):
    # ok: python-mass-assignment
    note = NoteForm(**request.POST)
    # ok: python-mass-assignment
    query = Q(**request.GET.dict())
