import * as tokens from "jsonwebtoken";

export function admin(token) {
  // ruleid: javascript-jwt-decoded-only
  return tokens.decode(token).admin;
}
