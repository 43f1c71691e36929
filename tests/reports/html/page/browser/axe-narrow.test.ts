import { findsNoFault } from './no-fault.ts'

findsNoFault(390)
