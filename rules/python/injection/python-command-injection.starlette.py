import os
from typing import Annotated, List, Optional
from uuid import UUID

from fastapi import APIRouter, Body, Depends, FastAPI, Form, Header, Query, Request, UploadFile, WebSocket
from pydantic import BaseModel

app = FastAPI()
router = APIRouter()


class Item(BaseModel):
    name: str


@app.get("/{name}")
async def name(name: str, number: int, key: UUID):
    # ruleid: python-command-injection
    os.system("show " + name)
    # ok: python-command-injection
    os.system(f"show {number}")
    # ok: python-command-injection
    os.system(f"show {key}")


@router.get("/q")
def query(
    a: Optional[str] = None,
    b: str = Query(...),
    c: Annotated[str, Header()] = "",
    d: str | None = None,
    e: List[str] = Query([]),
    f: int = Query(1),
    settings: str = Depends(get_settings),
):
    # ruleid: python-command-injection
    os.system(f"show {a}")
    # ruleid: python-command-injection
    os.system(f"show {b}")
    # ruleid: python-command-injection
    os.system(f"show {c}")
    # ruleid: python-command-injection
    os.system(f"show {d}")
    # ruleid: python-command-injection
    os.system(" ".join(e))
    # ok: python-command-injection
    os.system(f"show {f}")
    # ok: python-command-injection
    os.system(f"show {settings}")


@app.post("/items")
async def items(item: Item, form: str = Form(), data: dict = Body(...)):
    # ruleid: python-command-injection
    os.system("show " + item.name)
    # ruleid: python-command-injection
    os.system("show " + form)
    # ruleid: python-command-injection
    os.system("show " + data["name"])


@app.put("/raw")
async def raw(request: Request, upload: UploadFile):
    body = await request.json()
    # ruleid: python-command-injection
    os.system(body["command"])
    # ruleid: python-command-injection
    os.system(request.query_params["q"])
    # ruleid: python-command-injection
    os.system(request.path_params["q"])
    # ruleid: python-command-injection
    os.system(request.headers.get("q"))
    # ruleid: python-command-injection
    os.system("file " + upload.filename)


@app.websocket("/ws")
async def socket(websocket: WebSocket):
    while True:
        text = await websocket.receive_text()
        # ruleid: python-command-injection
        os.system(text)


async def helper(name: str):
    # ok: python-command-injection
    os.system("show " + name)


from typing import Annotated

from fastapi import Cookie, Header, Query


def tenant(tenant: str = Header(), size: int = Query(1)):
    # ruleid: python-command-injection
    os.system("load " + tenant)
    # ok: python-command-injection
    os.system(f"load --size {size}")


def session(session: str = Cookie(default=None), language: Annotated[str, Header()] = "en"):
    # ruleid: python-command-injection
    os.system("resume " + session)
    # ruleid: python-command-injection
    os.system("speak " + language)


def search(text: str | None = Query(None)):
    # ruleid: python-command-injection
    os.system("search " + text)


def branch(name: Annotated[str, Query(max_length=50)]):
    # ruleid: python-command-injection
    os.system("checkout " + name)


def injected(name: Annotated[str, Depends(current_user)]):
    # ok: python-command-injection
    os.system("home " + name)
