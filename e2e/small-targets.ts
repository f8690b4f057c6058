// WCAG 2.5.8: whoever aims at the middle and misses by 11 pixels still hits it. A target that asks for no touch, is
// scrolled away or lies behind a dialog is none.
/** An expression for the page: what is in sight and too small to hit. */
export const smallTargets = `[...document.querySelectorAll('a, button, input, select, textarea, [role="option"]')].flatMap((target) => {
  const { left, top, width, height } = target.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const frames = [target.closest('fieldset'), target.closest('main'), document.documentElement].filter((frame) => frame !== null);
  const isInSight = width > 0 && frames.every((frame) => {
    const { left, top, right, bottom } = frame.getBoundingClientRect();
    return y - 12 >= top && y + 12 <= bottom && x - 12 >= left && x + 12 <= right;
  });
  const isBehind = document.querySelector('[role="dialog"]') !== null && target.closest('[role="dialog"]') === null;
  if (!isInSight || isBehind || getComputedStyle(target).pointerEvents === 'none') return [];
  const isHit = [[0, 0], [0, 11], [0, -11], [11, 0], [-11, 0]].every(([dx, dy]) => {
    const hit = document.elementFromPoint(x + dx, y + dy);
    return hit !== null && (target.contains(hit) || hit.closest('label')?.contains(target) === true);
  });
  return isHit ? [] : [target.outerHTML.slice(0, 120) + ' ' + width + 'x' + height];
})`;
