export interface Arc<Part> {
  part: Part;
  /** Length of the arc and where it begins, in the unit of the circumference. */
  length: number;
  offset: number;
}

interface Ring {
  circumference: number;
  /** Left free between two arcs. */
  gap: number;
  /** Of the smallest share: one host of thousands must be seen. */
  least: number;
}

/**
 * The arcs of a ring, clockwise from the top. A share too small to be seen is drawn at the least length, which the others
 * pay for by their size.
 */
export function arcsOf<Part extends { count: number }>(parts: readonly Part[], ring: Ring): Arc<Part>[] {
  const shown = parts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  // A whole ring has no gap.
  const gap = shown.length > 1 ? ring.gap : 0;
  const room = ring.circumference - gap * shown.length;
  const lifted = shown.filter(({ count }) => (count / total) * room < ring.least);
  const liftedCount = lifted.reduce((sum, { count }) => sum + count, 0);
  const rest = room - lifted.length * ring.least;
  let offset = 0;
  return shown.map((part) => {
    const length = lifted.includes(part) ? ring.least : (part.count / (total - liftedCount)) * rest;
    const arc = { part, length, offset };
    offset += length + gap;
    return arc;
  });
}
