import './style/base.css'
import './style/sections.css'
import './style/charts.css'
import './style/table.css'
import './style/detail.css'
import './style/notice.css'
import './style/print.css'
import { boot } from './boot.ts'

void boot(document)
