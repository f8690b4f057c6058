// The list of the failpoints, from the program that has them.
import path from 'node:path';

const features = path.resolve(import.meta.dirname, '../apps/server/dist/features');

/** @returns {Promise<readonly string[]>} in the order of the path */
export async function readFailpoints() {
  const { failPoints } = await import(path.join(features, 'runs/fail-points.js'));
  return failPoints;
}
