/** Whether two thirds of a life are over: what renews it then has the last third for failing. */
export function isRenewalDue(
  { notBefore, notAfter }: { notBefore: Date; notAfter: Date },
  now: Date,
): boolean {
  const lifeMs = notAfter.getTime() - notBefore.getTime();
  return now.getTime() >= notBefore.getTime() + (lifeMs * 2) / 3;
}
