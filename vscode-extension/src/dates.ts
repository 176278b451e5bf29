/** Dates as the policy file writes them: 2026-01-31. */

/** The date so many days after another. */
export function inDays(date: Date, days: number): string {
  const later = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate() + days));
  return later.toISOString().slice(0, 10);
}

/** What is wrong with an expiry date that was typed, or undefined. */
export function expiryProblem(typed: string, today = new Date()): string | undefined {
  const parsed = new Date(`${typed}T00:00:00Z`);
  const exists = /^\d{4}-\d\d-\d\d$/.test(typed) && !Number.isNaN(parsed.getTime());
  if (!exists || parsed.toISOString().slice(0, 10) !== typed) {
    return "Write a date such as 2026-01-31.";
  }
  return typed < inDays(today, 0) ? "This day is over." : undefined;
}
