from graphene_django.views import GraphQLView
from strawberry.asgi import GraphQL
from strawberry.fastapi import GraphQLRouter

# ruleid: python-graphiql-enabled
view = GraphQLView.as_view(graphiql=True)
# ruleid: python-graphiql-enabled
router = GraphQLRouter(schema, graphiql=True)
# ruleid: python-graphiql-enabled
app = GraphQL(schema, graphiql=True, keep_alive=False)
# ok: python-graphiql-enabled
view = GraphQLView.as_view(graphiql=settings.DEBUG)
# ok: python-graphiql-enabled
router = GraphQLRouter(schema, graphiql=False)
# ok: python-graphiql-enabled
router = GraphQLRouter(schema, graphql_ide=None)
# ok: python-graphiql-enabled
view = GraphQLView.as_view(schema=schema)


def every_form(request):
    # ruleid: python-graphiql-enabled
    strawberry.fastapi.GraphQLRouter(graphql_ide="graphiql")
    # ruleid: python-graphiql-enabled
    ariadne.asgi.GraphQL(debug=True)
    # ruleid: python-graphiql-enabled
    starlette_graphene3.GraphQLApp(on_get=starlette_graphene3.make_graphiql_handler())
