import { redirect } from "@sveltejs/kit";

export async function load({ request }) {
  // ruleid: javascript-open-redirect
  redirect(302, request.query.next);
  // ok: javascript-open-redirect
  redirect(302, "/home");
}
