export async function GET(request: Request) {
  const { searchParams } = new URL(request.url);
  // ruleid: javascript-express-xss
  const page = new Response("<b>" + searchParams.get("q") + "</b>", { headers: { "content-type": "text/html" } });
  // ok: javascript-express-xss
  const fixed = new Response("<b>here</b>", { headers: { "content-type": "text/html" } });
  // ok: javascript-express-xss
  const plain = new Response("for " + searchParams.get("q"), { headers: { "content-type": "text/plain" } });
  return page ?? fixed ?? plain;
}
