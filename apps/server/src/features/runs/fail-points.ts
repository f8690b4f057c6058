/**
 * The moments between two awaits on the way of a dispatched run: after each of them the process may be gone. In their
 * order, so that a histogram of them reads like the path.
 */
export const failPoints = [
  'after_claim',
  'before_dispatch',
  'before_intent',
  'after_intent',
  'before_send',
  'after_send',
  'before_settle',
  'in_settle',
  'after_settle',
  'before_question',
  'after_question',
  'before_cancel',
  'after_cancel',
  'before_reboot_intent',
  'before_reboot',
  'after_reboot',
  'before_verify',
  'before_record',
  'after_record',
  'before_acknowledge',
  'after_acknowledge',
] as const;
export type FailPoint = (typeof failPoints)[number];

/** Told of each such moment. Nothing happens at any of them but where faults are made on purpose. */
export abstract class FailPoints {
  abstract reach(point: FailPoint): void;
}

export class NoFailPoints extends FailPoints {
  reach(): void {}
}
