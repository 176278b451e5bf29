/** Versions of the server: which one answers, and whether it is new enough for this extension. */

/** The oldest server whose answers this extension understands. */
export const MINIMUM_VERSION = "0.1.0";

/** Seconds that a program has to say its version. */
export const VERSION_PATIENCE = 15;

/** The version in what `secloop --version` prints, or undefined if it printed something else. */
export function parseVersion(printed: string): string | undefined {
  return /^secloop, version (\d+(?:\.\d+)*\S*)\s*$/m.exec(printed)?.[1];
}

/** Whether a version is at least another; what follows the numbers, as in `1.0rc1`, does not count. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [mine, least] = [numbers(version), numbers(minimum)];
  for (let place = 0; place < least.length; place++) {
    const difference = (mine[place] ?? 0) - (least[place] ?? 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}

function numbers(version: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? "0").split(".").map(Number);
}
