import psycopg2
import pymongo
import redis
from elasticsearch import Elasticsearch
from psycopg import connect

# ruleid: python-database-tls-off
psycopg2.connect(host="db", sslmode="disable")
# ruleid: python-database-tls-off
connect("host=db", sslmode="allow")
# ruleid: python-database-tls-off
pymongo.MongoClient(URL, tlsAllowInvalidCertificates=True)
# ruleid: python-database-tls-off
redis.Redis(host="cache", ssl=True, ssl_cert_reqs=None)
# ruleid: python-database-tls-off
Elasticsearch(["https://search"], verify_certs=False)
# ok: python-database-tls-off
psycopg2.connect(host="db", sslmode="verify-full")
# ok: python-database-tls-off
psycopg2.connect(host="db")
# ok: python-database-tls-off
pymongo.MongoClient(URL, tls=True)
# ok: python-database-tls-off
redis.Redis(host="cache", ssl=True, ssl_cert_reqs="required")
# ok: python-database-tls-off
Elasticsearch(["https://search"], verify_certs=True)


def every_form(request):
    # ruleid: python-database-tls-off
    asyncpg.connect(ssl="disable")
    # ruleid: python-database-tls-off
    pymysql.connect(ssl_disabled=True)
    # ruleid: python-database-tls-off
    mysql.connector.connect(ssl_disabled=True)
    # ruleid: python-database-tls-off
    pymongo.MongoClient(tlsAllowInvalidHostnames=True)
    # ruleid: python-database-tls-off
    pymongo.MongoClient(tlsInsecure=True)
    # ruleid: python-database-tls-off
    motor.motor_asyncio.AsyncIOMotorClient(tlsAllowInvalidCertificates=True)
    # ruleid: python-database-tls-off
    redis.Redis(ssl_cert_reqs="none")
    # ruleid: python-database-tls-off
    redis.StrictRedis(ssl_cert_reqs=None)
    # ruleid: python-database-tls-off
    redis.from_url(ssl_cert_reqs=None)
    # ruleid: python-database-tls-off
    opensearchpy.OpenSearch(verify_certs=False)


def more_forms(request):
    # ruleid: python-database-tls-off
    psycopg.AsyncConnection.connect(dsn, sslmode="disable")
