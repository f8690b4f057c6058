import { Module } from '@nestjs/common';
import { ResultRecorder } from './result-recorder.js';

@Module({ providers: [ResultRecorder], exports: [ResultRecorder] })
export class ResultsModule {}
