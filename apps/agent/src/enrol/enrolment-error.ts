/** The enrolment cannot go on as it is; the message says what to do. */
export class EnrolmentError extends Error {}
