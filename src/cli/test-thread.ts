/** A thread of `cce test`: does the job that it was started with, and sends its answer. */
import { parentPort, workerData } from 'node:worker_threads'
import type { TestJob } from './test-threads/job.js'
import { runShare } from './test-threads/run-share.js'

parentPort?.postMessage(await runShare(workerData as TestJob))
