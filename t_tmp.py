import time
t=time.time()
from pypinyin.phrases_dict import phrases_dict as P
print(len(P), time.time()-t)
for w in '回头 回头客 问题 满意 聊天 身份 价格 解决 信息 推销 热情 产品 核对 支付 安排 联系 修改 解释 够完善 发货 发生 意见 手段 接待 确保 再次 增加 让客户 邮费 准确 不支持 销售'.split(): print(w, w in P, end=' ')
