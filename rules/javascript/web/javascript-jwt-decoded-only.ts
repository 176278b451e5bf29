import jwt from "jsonwebtoken";
import { decodeJwt, jwtVerify } from "jose";

export function admin(token: string): boolean {
  // ruleid: javascript-jwt-decoded-only
  const claims = jwt.decode(token) as Claims;
  return claims.admin;
}

export function subject(token: string) {
  // ruleid: javascript-jwt-decoded-only
  return decodeJwt(token).sub;
}

export async function verified(token: string) {
  // ok: javascript-jwt-decoded-only
  return (await jwtVerify(token, key)).payload.sub;
}
