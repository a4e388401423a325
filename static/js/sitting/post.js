// One way to post: the CSRF token as it is now (signing in again in another tab changes it), and a redirect, which
// can only lead to the sign-in page, told apart from an answer.
const TIMEOUT_MS = 15000;
const KEEPALIVE_LIMIT = 30000;

export function post(url, body, type) {
  return fetch(url, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token(), "Content-Type": type },
    redirect: "manual",
    keepalive: body.length < KEEPALIVE_LIMIT,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

export function postForm(url, fields) {
  return post(url, new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded");
}

function token() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie?.slice("csrftoken=".length) ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}
