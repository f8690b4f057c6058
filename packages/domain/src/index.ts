export * from './access.js';
export * from './probe-reason.js';
export * from './check-state.js';
export * from './host-status.js';
export * from './poll-schedule.js';
export * from './self-doubt.js';
