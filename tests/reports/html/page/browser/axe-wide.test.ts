import { findsNoFault } from './no-fault.ts'

findsNoFault(1280)
