import { Module } from '@nestjs/common';
import { CheckCounts } from './check-counts.js';
import { ResultRecorder } from './result-recorder.js';

@Module({ providers: [CheckCounts, ResultRecorder], exports: [CheckCounts, ResultRecorder] })
export class ResultsModule {}
