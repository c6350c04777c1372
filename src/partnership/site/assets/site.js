// Starts the toolkit's components. Every page works without this file; nothing here is needed to read or to send a form.
import { initAll } from './govuk-frontend.min.js'

document.documentElement.classList.add('js-enabled')
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
initAll()

// A frame that has nothing to scroll need not be a stop on the way through a page by keyboard.
const frames = document.querySelectorAll('.frame')
function stops () {
  for (const frame of frames) {
    if (frame.scrollWidth > frame.clientWidth) frame.setAttribute('tabindex', '0')
    else frame.removeAttribute('tabindex')
  }
}
if (frames.length) {
  stops()
  window.addEventListener('resize', stops)
}

// On a phone the filters are folded away until they are asked for, unless some are in use.
if (window.matchMedia('(max-width: 40em)').matches) {
  for (const panel of document.querySelectorAll('details.filters:not([data-used])')) panel.open = false
}

// Each of these prints the page it stands on.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
