import { Module } from '@nestjs/common';
import { PolledChecks } from './polled-checks.js';

/** What the worker needs of the checks; the routes are not among it. */
@Module({ providers: [PolledChecks], exports: [PolledChecks] })
export class PolledChecksModule {}
