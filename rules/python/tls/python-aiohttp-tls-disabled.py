import aiohttp
from aiohttp import ClientSession, TCPConnector


async def fetch(url, context):
    # ruleid: python-aiohttp-tls-disabled
    connector = aiohttp.TCPConnector(limit=5, ssl=False)
    # ruleid: python-aiohttp-tls-disabled
    old = TCPConnector(verify_ssl=False)
    async with ClientSession(connector=connector) as session:
        # ruleid: python-aiohttp-tls-disabled
        await session.get(url, ssl=False)
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
    aiohttp.ClientSession().call(ssl=False)
    # ruleid: python-aiohttp-tls-disabled
    aiohttp.request(ssl=False)
    # ruleid: python-aiohttp-tls-disabled
    session.get(url, verify_ssl=False)
