import aiohttp
from aiohttp import ClientSession, TCPConnector


async def fetch(url, context):
    # ruleid: python-aiohttp-tls-disabled
    connector = aiohttp.TCPConnector(limit=5)
    # ruleid: python-aiohttp-tls-disabled
    old = TCPConnector()
    async with ClientSession(connector=connector) as session:
        # ruleid: python-aiohttp-tls-disabled
        await session.get(url)
        # ok: python-aiohttp-tls-disabled
        await session.get(url, ssl=context)
        # ok: python-aiohttp-tls-disabled
        await session.get(url)
    # ok: python-aiohttp-tls-disabled
    good = TCPConnector(ssl=context)
    # ok: python-aiohttp-tls-disabled
    server = Server(port=80, ssl=False)


def every_form(request):
    # ruleid: python-aiohttp-tls-disabled
    aiohttp.ClientSession().call()
    # ruleid: python-aiohttp-tls-disabled
    aiohttp.request()
    # ruleid: python-aiohttp-tls-disabled
    session.get(url)
